// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {ERC721} from "solady/tokens/ERC721.sol";
import {Base64} from "solady/utils/Base64.sol";
import {ECDSA} from "solady/utils/ECDSA.sol";
import {EIP712} from "solady/utils/EIP712.sol";
import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";
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
import {Bounds, CollectionTerms, MintRequest, Receipt, Record, Voucher} from "./Types.sol";

/// A creator's ERC-721. A token id is the sha-256 of its metadata JSON, which this contract renders from what two keys signed:
/// the model version's key (what ran) and the platform's (that this may be minted, now, by this account, at this price).
/// The creator bounds the platform's key on-chain: cap, floor price, window, dated revocation.
contract WorkCollection is ERC721, EIP712, Ownable, PlatformKey, IERC7007 {
    /// One slot, so that a mint of a version without sale terms reads and writes no other.
    struct Version {
        address signer;
        uint40 revokedAt; // 0: not revoked. Runs captured at or after this second do not mint.
        uint24 cap;
        uint24 minted;
        bool hasSale; // floor price or window: look at the second slot
    }

    struct Sale {
        uint96 floorPrice;
        uint48 opensAt;
        uint48 closesAt; // 0: never
    }

    uint256 public constant MAX_VERSIONS = 256;
    uint256 public constant MAX_ROYALTY_BPS = 1_000;

    mapping(bytes32 version => Version) private _versions;
    mapping(bytes32 version => Sale) private _sales;
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
        uint64 captured,
        uint8 codec,
        bytes32 image,
        string label,
        bytes traits,
        string params
    );
    event VersionAdded(bytes32 indexed version, address indexed signer);
    event VersionRevoked(bytes32 indexed version, uint40 revokedAt);
    event BoundsChanged(bytes32 indexed version, uint24 cap, uint96 floorPrice, uint48 opensAt, uint48 closesAt);
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
    error MintClosed();
    error PriceBelowFloor(uint256 price, uint256 floorPrice);
    error TooManyVersions();
    error UnknownVersion(bytes32 version);
    error VersionExists(bytes32 version);
    error VersionRevokedBefore(uint40 revokedAt);
    error WrongPayment(uint256 price);

    // ---------------------------------------------------------------- set up

    /// Called by the factory in the transaction that creates the clone; the owner is written once, so never again. `base` is
    /// also the clone's immutable argument, which is what the metadata reads.
    function initialize(address creator, string calldata base, CollectionTerms calldata terms) external {
        if (msg.sender != FACTORY) revert OnlyFactory();
        _initializeOwner(creator);
        if (bytes(base).length == 0 || bytes(base).length > 200 || !JsonText.isSafe(bytes(base))) revert BadBase();
        _name = _checkedName(terms.name);
        _symbol = _checkedName(terms.symbol);
        _setRoyalty(terms.royaltyBps);
        _addVersion(terms.version, terms.signer, terms.bounds);
    }

    // ---------------------------------------------------------------- mint

    /// Anyone may bring the request; the token goes to the account the voucher names.
    /// @return tokenId sha-256 of the metadata JSON
    function mint(MintRequest calldata request) external payable returns (uint256 tokenId) {
        if (block.timestamp > request.deadline) revert DeadlinePassed(request.deadline);
        if (msg.value != request.price) revert WrongPayment(request.price);
        Receipt memory receipt = _receiptOf(request);
        bytes32 domain = _domainSeparator();
        bytes32 receiptDigest = TypedData.digest(domain, TypedData.hash(receipt));
        _takeSlot(request, receiptDigest);
        _checkVoucher(request, receiptDigest, domain);
        tokenId = uint256(sha256(Metadata.render(receipt, request.codec, request.image, request.label, request.traits)));
        _mint(request.to, tokenId);
        _publish(tokenId, receipt, request);
    }

    function _receiptOf(MintRequest calldata request) private view returns (Receipt memory) {
        return Receipt({
            version: request.version,
            seed: request.seed,
            paramsHash: EfficientHashLib.sha2Calldata(bytes(request.params)),
            promptHash: request.promptHash,
            content: request.content,
            parent: request.parent
        });
    }

    /// The receipt is signed by its version's key, and the creator's bounds of that version hold.
    function _takeSlot(MintRequest calldata request, bytes32 receiptDigest) private {
        Version memory version = _versions[request.version];
        if (version.signer == address(0)) revert UnknownVersion(request.version);
        if (version.revokedAt != 0 && request.captured >= version.revokedAt) {
            revert VersionRevokedBefore(version.revokedAt);
        }
        if (version.hasSale) _checkSale(_sales[request.version], request.price);
        if (version.minted >= version.cap) revert CapReached();
        _versions[request.version].minted = version.minted + 1;
        if (!_isSigner(version.signer, receiptDigest, request.receiptSignature)) revert BadReceiptSignature();
    }

    function _checkSale(Sale memory sale, uint256 price) private view {
        if (price < sale.floorPrice) revert PriceBelowFloor(price, sale.floorPrice);
        bool closed = sale.closesAt != 0 && block.timestamp >= sale.closesAt;
        if (closed || block.timestamp < sale.opensAt) revert MintClosed();
    }

    function _checkVoucher(MintRequest calldata request, bytes32 receiptDigest, bytes32 domain) private view {
        if (request.evolve.length != 0) revert EvolveNotSupported();
        bytes32 digest = TypedData.digest(domain, TypedData.voucherHash(request, receiptDigest));
        if (!_isSigner(platformSigner(), digest, request.voucherSignature)) revert BadVoucherSignature();
    }

    function _publish(uint256 tokenId, Receipt memory receipt, MintRequest calldata request) private {
        emit Minted(
            tokenId,
            receipt.content,
            request.captured,
            request.codec,
            request.image,
            request.label,
            request.traits,
            request.params
        );
        emit AigcData(tokenId, abi.encodePacked(receipt.promptHash), abi.encode(receipt), request.receiptSignature);
    }

    /// ecrecover first (an account with delegated code still signs with its key), ERC-1271 if that is not it. A signature's
    /// malleable twin is no harm: nothing is keyed by signatures, and a token id exists once.
    function _isSigner(address signer, bytes32 digest, bytes calldata signature) private view returns (bool) {
        if (signer == address(0)) return false;
        return ECDSA.tryRecoverCalldata(digest, signature) == signer
            || SignatureCheckerLib.isValidERC1271SignatureNowCalldata(signer, digest, signature);
    }

    // ---------------------------------------------------------------- metadata

    /// The JSON itself, for anyone who has the record.
    function renderMetadata(Record calldata record) public view returns (string memory) {
        if (record.evolve.length != 0) revert EvolveNotSupported();
        return string(Metadata.render(record.receipt, record.codec, record.image, record.label, record.traits));
    }

    /// True if `record` is what the token was minted with. Reverts on a record that could not be anyone's.
    function verifyRecord(uint256 tokenId, Record calldata record) external view returns (bool) {
        return _exists(tokenId) && uint256(sha256(bytes(renderMetadata(record)))) == tokenId;
    }

    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        if (!_exists(tokenId)) revert TokenDoesNotExist();
        return string(abi.encodePacked("ipfs://", Encode.cid(Metadata.RAW, bytes32(tokenId))));
    }

    function receiptDigestOf(Receipt calldata receipt) public view returns (bytes32) {
        return TypedData.digest(_domainSeparator(), TypedData.hash(receipt));
    }

    function voucherDigestOf(Voucher calldata voucher) external view returns (bytes32) {
        return TypedData.digest(_domainSeparator(), TypedData.hash(voucher));
    }

    // ---------------------------------------------------------------- ERC-7007

    /// The data of a token is written when it is minted, and never after.
    function addAigcData(uint256, bytes calldata, bytes calldata, bytes calldata) external pure {
        revert AigcDataIsSetAtMint();
    }

    /// @param prompt the 32 bytes of `promptHash`: a prompt stays private until its holder opens it
    /// @param aigcData the ABI-encoded Receipt
    /// @param proof its signature. An attestation by the version's key, not a proof of computation.
    function verify(bytes calldata prompt, bytes calldata aigcData, bytes calldata proof) external view returns (bool) {
        if (aigcData.length != 192) return false;
        Receipt memory receipt = abi.decode(aigcData, (Receipt));
        if (keccak256(prompt) != keccak256(abi.encodePacked(receipt.promptHash))) return false;
        return _isSigner(_versions[receipt.version].signer, _hashTypedData(TypedData.hash(receipt)), proof);
    }

    // ---------------------------------------------------------------- what the creator decides

    /// Versions are only ever added: a receipt once valid stays checkable.
    function addVersion(bytes32 version, address signer, Bounds calldata bounds) external onlyOwner {
        _addVersion(version, signer, bounds);
    }

    /// Ends a key as of a second that may lie in the past (when it leaked). Can be moved earlier, never later.
    function revokeVersion(bytes32 version, uint40 revokedAt) external onlyOwner {
        Version storage known = _known(version);
        bool later = known.revokedAt != 0 && revokedAt >= known.revokedAt;
        if (revokedAt == 0 || revokedAt > block.timestamp || later) revert BadVersion();
        known.revokedAt = revokedAt;
        emit VersionRevoked(version, revokedAt);
    }

    /// The cap only goes down: what a collector was told about scarcity stays true.
    function setBounds(bytes32 version, Bounds calldata bounds) external onlyOwner {
        Version storage known = _known(version);
        if (bounds.cap > known.cap || bounds.cap < known.minted) revert BadBounds();
        _setBounds(version, bounds);
    }

    function setRoyalty(uint16 bps) external onlyOwner {
        _setRoyalty(bps);
    }

    /// An empty text goes back to the one rendered from name and base.
    function setContractURI(string calldata uri) external onlyOwner {
        _contractURI = uri;
        emit ContractURIUpdated();
    }

    /// Mint prices and royalties wait here until the creator takes them.
    function withdraw(address to) external onlyOwner {
        uint256 amount = address(this).balance;
        emit Withdrawn(address(0), to, amount);
        SafeTransferLib.safeTransferETH(to, amount);
    }

    /// Royalties paid in a token, such as WETH.
    function withdrawToken(address token, address to) external onlyOwner {
        emit Withdrawn(token, to, SafeTransferLib.safeTransferAll(token, to));
    }

    /// A royalty receiver that refuses ETH would block every sale, so the collection is the receiver and takes it.
    receive() external payable {}

    /// Nobody could withdraw any more; hand the collection over instead.
    function renounceOwnership() public payable override onlyOwner {
        revert Unauthorized();
    }

    function _addVersion(bytes32 version, address signer, Bounds calldata bounds) private {
        if (version == 0 || signer == address(0)) revert BadVersion();
        if (_versions[version].signer != address(0)) revert VersionExists(version);
        if (_versionCount >= MAX_VERSIONS) revert TooManyVersions();
        _versionCount += 1;
        _versions[version].signer = signer;
        emit VersionAdded(version, signer);
        _setBounds(version, bounds);
    }

    function _setBounds(bytes32 version, Bounds calldata bounds) private {
        bool neverOpen = bounds.closesAt != 0 && bounds.opensAt >= bounds.closesAt;
        if (bounds.cap == 0 || neverOpen) revert BadBounds();
        Version storage known = _versions[version];
        known.cap = bounds.cap;
        known.hasSale = bounds.floorPrice != 0 || bounds.opensAt != 0 || bounds.closesAt != 0;
        _sales[version] = Sale(bounds.floorPrice, bounds.opensAt, bounds.closesAt);
        emit BoundsChanged(version, bounds.cap, bounds.floorPrice, bounds.opensAt, bounds.closesAt);
    }

    function _known(bytes32 version) private view returns (Version storage known) {
        known = _versions[version];
        if (known.signer == address(0)) revert UnknownVersion(version);
    }

    function _setRoyalty(uint16 bps) private {
        if (bps > MAX_ROYALTY_BPS) revert BadRoyalty();
        _royaltyBps = bps;
        emit RoyaltyChanged(bps);
    }

    function _checkedName(string calldata text) private pure returns (string calldata) {
        if (bytes(text).length == 0 || bytes(text).length > 64 || !JsonText.isSafe(bytes(text))) revert BadName();
        return text;
    }

    // ---------------------------------------------------------------- reading

    function name() public view override returns (string memory) {
        return _name;
    }

    function symbol() public view override returns (string memory) {
        return _symbol;
    }

    /// Signer, revocation and supply of a version; all zero if it is not one of ours.
    function versionOf(bytes32 version) external view returns (Version memory) {
        return _versions[version];
    }

    function boundsOf(bytes32 version) external view returns (Bounds memory) {
        Sale memory sale = _sales[version];
        return Bounds(_versions[version].cap, sale.floorPrice, sale.opensAt, sale.closesAt);
    }

    function versionCount() external view returns (uint256) {
        return _versionCount;
    }

    /// What `external_url` starts with; fixed for the life of the clone.
    function externalUrlBase() external view returns (string memory) {
        return string(LibClone.argsOnClone(address(this)));
    }

    /// ERC-2981
    function royaltyInfo(uint256, uint256 salePrice) external view returns (address receiver, uint256 amount) {
        return (address(this), salePrice * _royaltyBps / 10_000);
    }

    /// ERC-7572
    function contractURI() external view returns (string memory) {
        if (bytes(_contractURI).length > 0) return _contractURI;
        bytes memory json = abi.encodePacked(
            '{"name":"',
            _name,
            '","symbol":"',
            _symbol,
            '","external_link":"',
            LibClone.argsOnClone(address(this)),
            '","collaborators":["',
            LibString.toHexStringChecksummed(owner()),
            '"]}'
        );
        return string(abi.encodePacked("data:application/json;base64,", Base64.encode(json)));
    }

    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IERC7007).interfaceId || interfaceId == 0x2a55205a // ERC-2981
            || super.supportsInterface(interfaceId);
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Intaglio", "1");
    }

    function _guardInitializeOwner() internal pure override returns (bool) {
        return true;
    }
}
