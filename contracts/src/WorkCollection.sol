// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {ERC721} from "solady/tokens/ERC721.sol";
import {Base64} from "solady/utils/Base64.sol";
import {ECDSA} from "solady/utils/ECDSA.sol";
import {EIP712} from "solady/utils/EIP712.sol";
import {LibClone} from "solady/utils/LibClone.sol";
import {LibString} from "solady/utils/LibString.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {SignatureCheckerLib} from "solady/utils/SignatureCheckerLib.sol";
import {IERC7007} from "./interfaces/IERC7007.sol";
import {Encode} from "./lib/Encode.sol";
import {JsonText} from "./lib/JsonText.sol";
import {Metadata} from "./lib/Metadata.sol";
import {TypedData} from "./lib/TypedData.sol";
import {PlatformKey} from "./PlatformKey.sol";
import {CollectionTerms, MintRequest, Receipt, Record, Voucher} from "./Types.sol";

/// A creator's ERC-721. A token id is the sha-256 of its metadata JSON, which this contract renders from what two keys signed:
/// the model version's key (what ran) and the platform's (that this may be minted, now, by this account, at this price).
/// The creator bounds the platform's key on-chain: cap, floor price, window, dated revocation.
contract WorkCollection is ERC721, EIP712, Ownable, PlatformKey, IERC7007 {
    struct Bounds {
        uint32 cap;
        uint32 minted;
        uint96 floorPrice;
        uint48 opensAt;
        uint48 closesAt;
    }

    struct Version {
        address signer;
        uint64 revokedAt; // 0: not revoked. Runs captured at or after this second do not mint.
    }

    uint256 public constant MAX_VERSIONS = 256;
    uint256 public constant MAX_ROYALTY_BPS = 1_000;

    Bounds private _bounds;
    mapping(bytes32 version => Version) private _versions;
    uint16 private _versionCount;
    uint16 private _royaltyBps;
    string private _name;
    string private _symbol;
    string private _contractURI;

    /// With `AigcData` of the same transaction (its `aigcData` is the ABI-encoded Receipt, its `proof` the receipt's signature)
    /// this is the whole record: metadata, parameters and proof can be rebuilt from logs alone.
    event Minted(
        uint256 indexed tokenId,
        bytes32 indexed content,
        bytes32 indexed receipt,
        uint64 captured,
        uint8 codec,
        bytes32 image,
        string label,
        bytes traits,
        string params
    );
    event VersionAdded(bytes32 indexed version, address indexed signer);
    event VersionRevoked(bytes32 indexed version, uint64 revokedAt);
    event BoundsChanged(uint32 cap, uint96 floorPrice, uint48 opensAt, uint48 closesAt);
    event RoyaltyChanged(uint16 bps);
    event Withdrawn(address indexed token, address indexed to, uint256 amount);
    /// ERC-7572
    event ContractURIUpdated();

    error AigcDataIsSetAtMint();
    error BadBase();
    error BadBounds();
    error BadName();
    error BadReceiptSignature();
    error BadRoyalty();
    error BadVersion();
    error BadVoucherSignature();
    error CapReached();
    error DeadlinePassed(uint64 deadline);
    error EvolveNotSupported();
    error LabelMismatch();
    error MintClosed();
    error ParamsMismatch();
    error PriceBelowFloor(uint256 price, uint256 floorPrice);
    error ReceiptMismatch(bytes32 digest);
    error TooManyVersions();
    error TraitsMismatch();
    error UnknownVersion(bytes32 version);
    error VersionExists(bytes32 version);
    error VersionRevokedBefore(uint64 revokedAt);
    error WrongPayment(uint256 price);

    // ---------------------------------------------------------------- set up

    /// Called by the factory in the transaction that creates the clone; the owner is written once, so never again.
    function initialize(address creator, CollectionTerms calldata terms) external {
        if (msg.sender != FACTORY) revert OnlyFactory();
        _initializeOwner(creator);
        bytes memory base_ = LibClone.argsOnClone(address(this));
        if (base_.length == 0 || base_.length > 200 || !this.isSafeText(string(base_))) revert BadBase();
        _checkName(terms.name);
        _checkName(terms.symbol);
        _name = terms.name;
        _symbol = terms.symbol;
        _bounds.cap = terms.cap;
        setBoundsChecked(terms.cap, terms.floorPrice, terms.opensAt, terms.closesAt);
        _setRoyalty(terms.royaltyBps);
        _addVersion(terms.version, terms.signer);
    }
}
