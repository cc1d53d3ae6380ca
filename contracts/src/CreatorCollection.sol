// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";
import {Base64} from "solady/utils/Base64.sol";
import {EIP712} from "solady/utils/EIP712.sol";
import {LibClone} from "solady/utils/LibClone.sol";
import {LibString} from "solady/utils/LibString.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {FactoryMade} from "./FactoryMade.sol";
import {JsonText} from "./lib/JsonText.sol";
import {TypedData} from "./lib/TypedData.sol";
import {CollectionTerms} from "./Types.sol";

/// What a creator's works, drops and passes have in common: name, royalty, contract metadata, and where the money goes.
abstract contract CreatorCollection is EIP712, Ownable, FactoryMade {
    uint256 public constant MAX_ROYALTY_BPS = 1_000;

    /// Where money can only go: usually a payout split. Zero leaves it to the creator. Fixed when the collection is made, so
    /// that collaborators need trust nobody.
    address public payout;
    uint16 private _royaltyBps;
    string private _name;
    string private _symbol;
    string private _contractURI;

    event RoyaltyChanged(uint16 bps);
    /// `token` is zero for ETH.
    event Withdrawn(address indexed token, address indexed to, uint256 amount);
    /// ERC-7572
    event ContractURIUpdated();

    error BadBase();
    error BadName();
    error BadRoyalty();
    error OnlyToPayout(address payout);

    /// The owner is written once, so this works once. `base` is also the clone's immutable argument, which is what is read later.
    function _open(address creator, string calldata base, CollectionTerms calldata terms) internal {
        _onlyFactory();
        _initializeOwner(creator);
        if (bytes(base).length == 0 || bytes(base).length > 200 || !JsonText.isSafe(bytes(base))) revert BadBase();
        _name = _checkedName(terms.name);
        _symbol = _checkedName(terms.symbol);
        payout = terms.payout;
        _setRoyalty(terms.royaltyBps);
    }

    // ---------------------------------------------------------------- what the creator decides

    function setRoyalty(uint16 bps) external onlyOwner {
        _setRoyalty(bps);
    }

    /// An empty text goes back to the one rendered from name and base.
    function setContractURI(string calldata uri) external onlyOwner {
        _contractURI = uri;
        emit ContractURIUpdated();
    }

    /// Mint prices and royalties wait here until they are taken: by the creator to any account, or by anyone to the payout.
    function withdraw(address to) external {
        _checkPayout(to);
        uint256 amount = _withdrawable();
        emit Withdrawn(address(0), to, amount);
        SafeTransferLib.safeTransferETH(to, amount);
    }

    /// Royalties paid in a token, such as WETH.
    function withdrawToken(address token, address to) external {
        _checkPayout(to);
        emit Withdrawn(token, to, SafeTransferLib.safeTransferAll(token, to));
    }

    /// A royalty receiver that refuses ETH would block every sale, so the collection is the receiver and takes it.
    receive() external payable {}

    /// Nobody could withdraw any more; hand the collection over instead.
    function renounceOwnership() public payable override onlyOwner {
        revert Unauthorized();
    }

    /// A collection speaks for its owner: it says which keys sign for their models. So nobody is made the owner of one who did not ask
    /// for it: the receiver calls `requestOwnershipHandover`, and within 48 hours the owner calls `completeOwnershipHandover`.
    function transferOwnership(address) public payable override onlyOwner {
        revert NoHandoverRequest();
    }

    function _checkPayout(address to) private view {
        if (payout == address(0)) _checkOwner();
        else if (to != payout) revert OnlyToPayout(payout);
    }

    /// Wei that may leave.
    function _withdrawable() internal view virtual returns (uint256) {
        return address(this).balance;
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

    function name() public view virtual returns (string memory) {
        return _name;
    }

    function symbol() public view virtual returns (string memory) {
        return _symbol;
    }

    /// What addresses in the metadata start with; fixed for the life of the clone.
    function externalUrlBase() public view returns (string memory) {
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
            externalUrlBase(),
            '","collaborators":["',
            LibString.toHexStringChecksummed(owner()),
            '"]}'
        );
        return string(abi.encodePacked("data:application/json;base64,", Base64.encode(json)));
    }

    /// The same as Solady's, which in a clone hashes name and version anew each time.
    function _domainSeparator() internal view override returns (bytes32) {
        return TypedData.domainSeparator();
    }

    function _hashTypedData(bytes32 structHash) internal view override returns (bytes32) {
        return TypedData.digest(TypedData.domainSeparator(), structHash);
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Intaglio", "1");
    }

    function _guardInitializeOwner() internal pure override returns (bool) {
        return true;
    }
}
